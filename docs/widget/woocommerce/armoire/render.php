<?php
/** The block on the shop's page: $attributes, $content and $block are WordPress's. */

defined( 'ABSPATH' ) || exit;

$product = function_exists( 'wc_get_product' ) ? wc_get_product( $block->context['postId'] ?? get_the_ID() ) : null;
$server  = untrailingslashit( get_option( 'armoire_server' ) );
$key     = get_option( 'armoire_key' );
if ( ! $product || ! $server || ! $key ) {
	return;
}

wp_enqueue_script_module( 'armoire', add_query_arg( 'key', rawurlencode( $key ), $server . '/widget/armoire.js' ), array(), null );

// The feed's item ids are the SKUs, and the products' own ids where there is none, as Armoire reads WooCommerce's export. Of a
// product with variations, these are in the feed, and those too that the shop hides because they are sold out.
$shown = $product;
if ( $product->is_type( 'variable' ) ) {
	$published = fn( $id ) => 'publish' === get_post_status( $id );
	$children  = array_filter( array_merge( $product->get_visible_children(), $product->get_children() ), $published );
	$shown     = $children ? wc_get_product( reset( $children ) ) : $product;
}
$sku     = $shown->get_sku( 'edit' );
$item    = '' !== $sku ? $sku : (string) $shown->get_id();
$tag     = 'outfits' === $attributes['show'] ? 'armoire-outfits' : 'armoire-similar';
$heading = '' === $attributes['heading'] ? '' : sprintf( ' heading="%s"', esc_attr( $attributes['heading'] ) );

printf(
	'<div %1$s><%2$s item="%3$s" lang="%4$s"%5$s></%2$s></div>',
	get_block_wrapper_attributes(), // phpcs:ignore WordPress.Security.EscapeOutput -- WordPress escapes it.
	esc_attr( $tag ),
	esc_attr( $item ),
	esc_attr( get_bloginfo( 'language' ) ),
	$heading // phpcs:ignore WordPress.Security.EscapeOutput -- escaped above.
);
