/** Bulk bodies to the server, its answers back: no meaning is read into them here. */
package io.tailrace.connect.elasticsearch.http;
