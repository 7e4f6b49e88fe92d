/** The configuration: every key declared once, with its documentation, default and checks. */
package io.tailrace.connect.elasticsearch.config;
