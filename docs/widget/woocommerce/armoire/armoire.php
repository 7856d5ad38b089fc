<?php
/**
 * Plugin Name: Armoire
 * Description: A block with similar items and outfits for WooCommerce's product pages.
 * Version: 0.1.0
 * Requires at least: 6.7
 * Requires PHP: 7.4
 * Requires Plugins: woocommerce
 * License: Apache-2.0
 */

defined( 'ABSPATH' ) || exit;

add_action(
	'init',
	function () {
		foreach ( array( 'armoire_server' => 'esc_url_raw', 'armoire_key' => 'sanitize_text_field' ) as $name => $clean ) {
			register_setting(
				'general',
				$name,
				array(
					'type'              => 'string',
					'sanitize_callback' => $clean,
					'default'           => '',
				)
			);
		}
		register_block_type( __DIR__ );
	}
);

// Settings, General: where Armoire is, and the widget's key for this shop's host.
add_action(
	'admin_init',
	function () {
		foreach ( array( 'armoire_server' => 'Armoire: server', 'armoire_key' => "Armoire: widget's key" ) as $name => $label ) {
			add_settings_field(
				$name,
				$label,
				function () use ( $name ) {
					printf( '<input class="regular-text" name="%1$s" id="%1$s" value="%2$s">', esc_attr( $name ), esc_attr( get_option( $name ) ) );
				},
				'general',
				'default',
				array( 'label_for' => $name )
			);
		}
	}
);
