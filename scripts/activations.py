"""Activations of a small network before and after its norm layer: run with numpy 2.4 and torch 2.13 in static/data.

    python ../../scripts/activations.py

Trains a convolutional network on digits.csv and saves what one batch of 64 images that it was not trained on is before and after
the norm layer, as PyTorch lays it out: (images, channels, height, width), float32. The norm layer is BatchNorm in training mode
without gamma and beta, so that Normlab's BatchNorm of the one file is the other. The pixels come as they are, from 0 to 16, so
that the channels are of different sizes.
"""

import numpy as np
import torch
from torch import nn

torch.manual_seed(5)
torch.set_num_threads(1)
table = torch.from_numpy(np.loadtxt("digits.csv", delimiter=",", dtype="f4"))
images, digits = table[:, :64].reshape(-1, 1, 8, 8), table[:, 64].long()
trained = torch.arange(len(table)) % 5 != 0
rows = trained.nonzero()[:, 0]

norm = nn.BatchNorm2d(8, affine=False)
network = nn.Sequential(
    nn.Conv2d(1, 8, 3), norm, nn.ReLU(), nn.Conv2d(8, 16, 3), nn.ReLU(), nn.Flatten(), nn.Linear(16 * 4 * 4, 10)
)
optimizer = torch.optim.Adam(network.parameters(), 2e-3)
for epoch in range(20):
    for batch in rows[torch.randperm(len(rows))].split(64):
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(images[batch]), digits[batch]).backward()
        optimizer.step()
network.eval()
right = network(images[~trained]).argmax(1) == digits[~trained]
print(f"right on images it was not trained on: {right.float().mean():.3f} of {len(right)}")


def save(layer, inputs, output):
    np.save("activations_before.npy", inputs[0].numpy())
    np.save("activations_after.npy", output.numpy())


network.train()
with torch.no_grad():
    norm.register_forward_hook(save)
    network(images[~trained][:64])
