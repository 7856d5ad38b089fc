"""Rewrites of exported graphs that give the same numbers, to the bit, with less work."""

from collections import Counter

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper

NHWC_TO_NCHW = [0, 3, 1, 2]
ELEMENTWISE = {"Add", "Sub", "Mul", "Div"}


def rewrite(model: onnx.ModelProto) -> None:
    """Applies all rewrites; a second time changes nothing."""
    scatter_rows(model.graph)
    transpose_first(model.graph)
    remove_unused(model.graph)


def scatter_rows(graph: onnx.GraphProto) -> None:
    """ScatterElements over whole rows becomes ScatterND, which copies rows instead of numbers.

    torchvision's export puts the regions of each pyramid level in their places with it.
    """
    producers = producers_of(graph)
    constants = constants_of(graph)
    for node in list(graph.node):
        if node.op_type != "ScatterElements" or attribute(node, "axis", 0) != 0:
            continue
        expand = producers.get(node.input[1])
        column = expand and expand.op_type == "Expand" and producers.get(expand.input[0])
        if not column or column.op_type != "Reshape":
            continue
        shape = constants.get(column.input[1])
        if shape is None or shape[0] != -1 or (shape[1:] != 1).any():
            continue
        rows, size = f"{node.name}/rows", f"{node.name}/rows/shape"
        graph.initializer.append(numpy_helper.from_array(np.array([-1, 1]), size))
        new = [
            helper.make_node("Reshape", [column.input[0], size], [rows], name=rows),
            helper.make_node(
                "ScatterND",
                [node.input[0], rows, node.input[2]],
                list(node.output),
                name=node.name,
            ),
        ]
        replace(graph, node, new)


def transpose_first(graph: onnx.GraphProto) -> None:
    """Moves the transpose of pixels to NCHW before their Cast and what is done to each channel.

    A constant for each channel is then the same along whole planes, and bytes are moved, not
    floats.
    """
    while step_forward(graph):
        pass


def step_forward(graph: onnx.GraphProto) -> bool:
    """Swaps one transpose with the node before it; whether there was one."""
    producers = producers_of(graph)
    constants = constants_of(graph)
    for node in graph.node:
        if node.op_type != "Transpose" or attribute(node, "perm", []) != NHWC_TO_NCHW:
            continue
        before = producers.get(node.input[0])
        if before is None or before.op_type not in ELEMENTWISE | {"Cast"}:
            continue
        name = f"{node.name}/{before.op_type}"
        moved, operands = f"{before.input[0]}/nchw", []
        if before.op_type != "Cast":
            value = constants.get(before.input[1])
            if value is None or value.ndim > 1:
                continue
            operands = [f"{name}/constant"]
            planes = value.reshape(-1, 1, 1) if value.ndim else value
            graph.initializer.append(numpy_helper.from_array(planes, operands[0]))
        new = helper.make_node(before.op_type, [moved, *operands], list(node.output), name=name)
        new.attribute.extend(before.attribute)
        first = helper.make_node(
            "Transpose", [before.input[0]], [moved], name=moved, perm=NHWC_TO_NCHW
        )
        known = moved in producers
        replace(graph, node, [new] if known else [first, new])
        if known:
            # It may have been needed later than now.
            put_before(graph, producers[moved], new)
        return True
    return False


def remove_unused(graph: onnx.GraphProto) -> None:
    """Removes nodes and initializers that nothing reads."""
    while True:
        used = Counter(name for node in graph.node for name in all_inputs(node))
        used.update(output.name for output in graph.output)
        dead = [node for node in graph.node if not any(used[name] for name in node.output)]
        for node in dead:
            graph.node.remove(node)
        if not dead:
            break
    for tensor in [t for t in graph.initializer if not used[t.name]]:
        graph.initializer.remove(tensor)


def all_inputs(node: NodeProto) -> list[str]:
    """What a node reads, its subgraphs included."""
    names = list(node.input)
    for entry in node.attribute:
        for inner in entry.g.node:
            names += all_inputs(inner)
        names += [output.name for output in entry.g.output]
    return names


def producers_of(graph: onnx.GraphProto) -> dict[str, NodeProto]:
    """The node that makes each value."""
    return {name: node for node in graph.node for name in node.output}


def constants_of(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    """Values that are known before a run."""
    constants = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant" and node.attribute[0].name == "value":
            constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
    return constants


def attribute(node: NodeProto, name: str, default: object) -> object:
    """A node's attribute."""
    found = [helper.get_attribute_value(a) for a in node.attribute if a.name == name]
    return found[0] if found else default


def replace(graph: onnx.GraphProto, node: NodeProto, new: list[NodeProto]) -> None:
    """Puts nodes in the place of one."""
    place = list(graph.node).index(node)
    graph.node.remove(node)
    for offset, entry in enumerate(new):
        graph.node.insert(place + offset, entry)


def put_before(graph: onnx.GraphProto, node: NodeProto, reader: NodeProto) -> None:
    """Moves a node in front of one that reads it, unless it is there already."""
    order = list(graph.node)
    place = order.index(reader)
    if order.index(node) < place:
        return
    graph.node.remove(node)
    graph.node.insert(place, node)
