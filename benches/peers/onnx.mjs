// The works as models for ONNX Runtime: one operator each where there is one, composed otherwise. Only as much of the
// format (protocol buffers, onnx.proto) as that takes.
const FLOAT = 1;
const INT64 = 7;
const DOUBLE = 11;
const utf8 = new TextEncoder();

function varint(value) {
  const bytes = [];
  for (let rest = BigInt.asUintN(64, BigInt(value)); ; rest >>= 7n) {
    if (rest < 128n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 127n) | 128);
  }
}
const whole = (field, value) => [...varint(field << 3), ...varint(value)];
const bytes = (field, value) => [...varint((field << 3) | 2), ...varint(value.length), ...value];
const text = (field, value) => bytes(field, utf8.encode(value));
const float = (field, value) => [...varint((field << 3) | 5), ...new Uint8Array(Float32Array.of(value).buffer)];

// AttributeProto: whole numbers (also in lists) and floats.
function attribute([name, value]) {
  if (Array.isArray(value)) return [...text(1, name), ...value.flatMap((one) => whole(8, one)), ...whole(20, 7)];
  return [
    ...text(1, name),
    ...(name === "epsilon" ? [...float(2, value), ...whole(20, 1)] : [...whole(3, value), ...whole(20, 2)]),
  ];
}

const node = (operator, inputs, output, attributes = {}) => [
  ...inputs.flatMap((name) => text(1, name)),
  ...[output].flat().flatMap((name) => text(2, name)),
  ...text(4, operator),
  ...Object.entries(attributes).flatMap((one) => bytes(5, attribute(one))),
];

// ValueInfoProto: a tensor of so many dimensions, of any size.
function value(name, type, rank) {
  const shape = Array.from({ length: rank }, (_, i) => bytes(1, text(2, `${name}${i}`))).flat();
  return [...text(1, name), ...bytes(2, bytes(1, [...whole(1, type), ...bytes(2, shape)]))];
}

// TensorProto of one dimension, its numbers as raw bytes.
function constant(name, numbers) {
  const type = numbers instanceof Float32Array ? FLOAT : INT64;
  return [
    ...whole(1, numbers.length),
    ...whole(2, type),
    ...text(8, name),
    ...bytes(9, new Uint8Array(numbers.buffer)),
  ];
}

function model(version, nodes, inputs, outputs, constants = []) {
  const graph = [
    ...nodes.flatMap((one) => bytes(1, one)),
    ...text(2, "work"),
    ...constants.flatMap((one) => bytes(5, one)),
    ...inputs.flatMap((one) => bytes(11, one)),
    ...outputs.flatMap((one) => bytes(12, one)),
  ];
  return Uint8Array.from([...whole(1, 10), ...bytes(7, graph), ...bytes(8, whole(2, version))]);
}

const EPS = 1e-5;
const vector = (name) => value(name, FLOAT, 1);
const list = (...numbers) => BigInt64Array.from(numbers.map(BigInt));

// One operator on X, in f32.
function single(version, operator, rank, names, attributes, outputs = ["Y"]) {
  const inputs = [value("X", FLOAT, rank), ...names.map(vector)];
  const results = [value("Y", FLOAT, rank), ...outputs.slice(1).map(vector)];
  return model(version, [node(operator, ["X", ...names], outputs, attributes)], inputs, results);
}

// Mean and variance over axes, as operators; the differences are "d".
const spread = (axes) => [
  node("ReduceMean", ["X", axes], "mean", { keepdims: 1 }),
  node("Sub", ["X", "mean"], "d"),
  node("Mul", ["d", "d"], "squares"),
  node("ReduceMean", ["squares", axes], "variance", { keepdims: 1 }),
];

function zScore(type) {
  const nodes = [...spread("rows"), node("Sqrt", ["variance"], "sd"), node("Div", ["d", "sd"], "Y")];
  return model(18, nodes, [value("X", type, 2)], [value("Y", type, 2)], [constant("rows", list(0))]);
}

function minMax(type) {
  const nodes = [
    node("ReduceMin", ["X", "rows"], "low", { keepdims: 1 }),
    node("ReduceMax", ["X", "rows"], "high", { keepdims: 1 }),
    node("Sub", ["high", "low"], "range"),
    node("Sub", ["X", "low"], "d"),
    node("Div", ["d", "range"], "Y"),
  ];
  return model(18, nodes, [value("X", type, 2)], [value("Y", type, 2)], [constant("rows", list(0))]);
}

// BatchNorm in training: the browser build of ONNX Runtime has no operator for it.
function batchTraining() {
  const nodes = [
    ...spread("batch"),
    node("Add", ["variance", "eps"], "safe"),
    node("Sqrt", ["safe"], "sd"),
    node("Reshape", ["g", "shape"], "gamma"),
    node("Reshape", ["b", "shape"], "beta"),
    node("Div", ["gamma", "sd"], "slope"),
    node("Mul", ["d", "slope"], "product"),
    node("Add", ["product", "beta"], "Y"),
  ];
  const constants = [
    constant("eps", Float32Array.of(EPS)),
    constant("batch", list(0, 2, 3)),
    constant("shape", list(1, -1, 1, 1)),
  ];
  return model(18, nodes, [value("X", FLOAT, 4), vector("g"), vector("b")], [value("Y", FLOAT, 4)], constants);
}

export function models() {
  const eps = { epsilon: EPS };
  return {
    zscore64: zScore(DOUBLE),
    zscore32: zScore(FLOAT),
    minmax64: minMax(DOUBLE),
    minmax32: minMax(FLOAT),
    mvn: single(13, "MeanVarianceNormalization", 2, [], { axes: [0] }),
    layernorm: single(17, "LayerNormalization", 2, ["g", "b"], { axis: -1, ...eps }),
    rmsnorm: single(23, "RMSNormalization", 2, ["g"], { axis: -1, ...eps }),
    simplified: single(17, "SimplifiedLayerNormalization", 2, ["g"], { axis: -1, ...eps }),
    bninfer: single(15, "BatchNormalization", 4, ["g", "b", "m", "v"], eps),
    bntrain: batchTraining(),
    groupnorm: single(21, "GroupNormalization", 4, ["g", "b"], { num_groups: 32, ...eps }),
    instancenorm: single(17, "InstanceNormalization", 4, ["g", "b"], eps),
  };
}
