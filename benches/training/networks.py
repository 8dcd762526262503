"""How long a step of training takes in PyTorch, on one thread: the networks of networks.rs, number for number.

Each line is a network, the median in milliseconds, and the loss of the second step, between tabs.
"""

import math
import statistics
import time

import numpy as np
import torch
from torch import nn

INPUTS, CLASSES, WIDTH, HIDDEN, BLOCKS = 64, 10, 64, 5, 48
STEPS, TIME_INPUTS, UNITS = 32, 2, 48
CONVOLUTIONS = [(1, 8), (8, 16)]
WORKS = [
    "mlp-none-64",
    "mlp-batch-64",
    "mlp-layer-64",
    "mlp-batch-2",
    "recurrent-none-64",
    "recurrent-layer-64",
    "convolution-batch-64",
    "residual-pre-32",
    "residual-post-32",
]
SAMPLES, SECONDS = 15, 0.2


def numbers(seed, count, factor=1.0):
    state, out = seed * 2654435761 % 2**32, np.empty(count)
    for index in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        out[index] = factor * (state / 2**31 - 1)
    return torch.tensor(out.astype(np.float32))


class Seeds:
    """Weights of one layer after the other, as inputs x outputs."""

    def __init__(self):
        self.last = 0

    def weights(self, inputs, outputs):
        self.last += 1
        return numbers(self.last, inputs * outputs, math.sqrt(3 / inputs)).reshape(inputs, outputs)


def linear(seeds, inputs, outputs):
    layer = nn.Linear(inputs, outputs)
    with torch.no_grad():
        layer.weight.copy_(seeds.weights(inputs, outputs).T)
        layer.bias.zero_()
    return layer


class Recurrent(nn.Module):
    def __init__(self, seeds, norm):
        super().__init__()
        joined = seeds.weights(TIME_INPUTS + UNITS, UNITS)
        w, u = joined[:TIME_INPUTS].T, joined[TIME_INPUTS:].T
        if norm == "none":
            self.fused = nn.RNN(TIME_INPUTS, UNITS, batch_first=True)
            # It has two biases, of which one is enough.
            with torch.no_grad():
                self.fused.weight_ih_l0.copy_(w)
                self.fused.weight_hh_l0.copy_(u)
                self.fused.bias_ih_l0.zero_()
                self.fused.bias_hh_l0.zero_()
            self.fused.bias_hh_l0.requires_grad_(False)
        else:
            self.fused = None
            self.w, self.u = nn.Parameter(w.clone()), nn.Parameter(u.clone())
            self.norm = nn.LayerNorm(UNITS)

    def forward(self, x):
        x = x.reshape(-1, STEPS, TIME_INPUTS)
        if self.fused:
            return self.fused(x)[1][0]
        state = torch.zeros(len(x), UNITS)
        for one in x.unbind(1):
            state = torch.tanh(self.norm(one @ self.w.T + state @ self.u.T))
        return state


class Block(nn.Module):
    def __init__(self, seeds, pre):
        super().__init__()
        self.pre = pre
        self.first, self.second = linear(seeds, WIDTH, WIDTH), linear(seeds, WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)

    def forward(self, x):
        change = self.second(torch.relu(self.first(self.norm(x) if self.pre else x)))
        return x + change if self.pre else self.norm(x + change)


def network(name, norm):
    seeds, layers, width = Seeds(), [], WIDTH
    if name == "mlp":
        norms = {"none": [], "batch": [nn.BatchNorm1d], "layer": [nn.LayerNorm]}[norm]
        for _ in range(HIDDEN):
            layers += [linear(seeds, WIDTH, WIDTH), *(make(WIDTH) for make in norms), nn.ReLU()]
    elif name == "recurrent":
        layers, width = [Recurrent(seeds, norm)], UNITS
    elif name == "convolution":
        layers = [nn.Unflatten(1, (1, 8, 8))]
        for inputs, outputs in CONVOLUTIONS:
            layer = nn.Conv2d(inputs, outputs, 3, padding=1)
            with torch.no_grad():
                layer.weight.copy_(seeds.weights(inputs * 9, outputs).T.reshape(outputs, inputs, 3, 3))
                layer.bias.zero_()
            layers += [layer, nn.BatchNorm2d(outputs), nn.ReLU(), nn.AvgPool2d(2)]
        layers.append(nn.Flatten())
    else:
        layers = [linear(seeds, INPUTS, WIDTH), *(Block(seeds, norm == "pre") for _ in range(BLOCKS))]
        if norm == "pre":
            layers.append(nn.LayerNorm(WIDTH))
    return nn.Sequential(*layers, linear(seeds, width, CLASSES))


def main():
    torch.set_num_threads(1)
    for work in WORKS:
        name, norm, batch = work.split("-")
        batch = int(batch)
        model = network(name, norm)
        x = numbers(1000, batch * INPUTS).reshape(batch, INPUTS)
        classes = torch.arange(batch) % CLASSES
        parameters = [one for one in model.parameters() if one.requires_grad]
        optimizer = torch.optim.SGD(parameters, lr=1e-3, momentum=0.9)

        def step():
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x), classes)
            loss.backward()
            optimizer.step()
            return loss.item()

        loss = [step() for _ in range(2)][-1]
        times = []
        for _ in range(SAMPLES):
            start, steps = time.perf_counter(), 0
            while time.perf_counter() - start < SECONDS:
                step()
                steps += 1
            times.append((time.perf_counter() - start) / steps * 1000)
        print(f"{work}\t{statistics.median(times):.4f}\t{loss:.5f}", flush=True)


main()
