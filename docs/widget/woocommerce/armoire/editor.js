// The block in the editor, without a build step: what it will show, and its two settings.
(({ blocks, blockEditor, components, element }) => {
  const { createElement: h } = element;
  const { InspectorControls, useBlockProps } = blockEditor;
  const { PanelBody, RadioControl, TextControl, Placeholder } = components;
  const options = [
    { label: 'Similar items', value: 'similar' },
    { label: 'Outfits', value: 'outfits' },
  ];

  blocks.registerBlockType('armoire/recommendations', {
    edit({ attributes: { show, heading }, setAttributes }) {
      const chosen = options.find(({ value }) => value === show);
      return h(
        'div',
        useBlockProps(),
        h(
          InspectorControls,
          null,
          h(
            PanelBody,
            { title: 'Armoire' },
            h(RadioControl, {
              label: 'Show',
              selected: show,
              options,
              onChange: (value) => setAttributes({ show: value }),
            }),
            h(TextControl, {
              label: 'Heading',
              help: 'Empty: the usual one, in the language of the page.',
              value: heading,
              onChange: (value) => setAttributes({ heading: value }),
              __nextHasNoMarginBottom: true,
              __next40pxDefaultSize: true,
            }),
          ),
        ),
        h(Placeholder, {
          label: 'Armoire',
          instructions: `${chosen.label} of the product appear here on its page.`,
        }),
      );
    },
    save: () => null,
  });
})(window.wp);
