"""DeepFashion2's published validation figures, printed beside our own.

They are measured on other photos than ours, so they are no ranking. The method's source gives .633
in its comparison and .634 in its own table. DeepMark++'s values by category average .652, not .737:
they come from different splits.
"""

# method → (box AP, AP50, AP75, mask AP, AP50, AP75); None where not published.
OVERALL = {
    "Match R-CNN, released data": (0.638, 0.789, 0.745, 0.640, 0.797, 0.754),
    "Match R-CNN, its paper's subsets": (0.667, None, None, 0.674, None, None),
    "Aggregation and Finetuning (2020)": (0.764, None, None, None, None, None),
    "DeepMark": (0.723, None, None, None, None, None),
    "DeepMark++": (0.737, None, None, None, None, None),
    "Mask R-CNN, SE-ResNet101-FPN": (0.634, 0.743, 0.712, 0.642, 0.743, 0.720),
}

# Box AP by category, in DeepFashion2's order.
BY_CATEGORY = {
    "Aggregation and Finetuning": (
        *(0.867, 0.814, 0.54, 0.823, 0.761, 0.656, 0.784),
        *(0.81, 0.818, 0.807, 0.659, 0.812, 0.773),
    ),
    "DeepMark++": (
        *(0.804, 0.724, 0.347, 0.724, 0.679, 0.422, 0.721),
        *(0.739, 0.74, 0.721, 0.542, 0.71, 0.605),
    ),
    "SE-ResNet101-FPN": (
        *(0.703, 0.673, 0.417, 0.721, 0.656, 0.449, 0.629),
        *(0.658, 0.752, 0.659, 0.54, 0.704, 0.675),
    ),
}
