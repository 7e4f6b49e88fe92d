/**
 * What an agent reports of itself. Each task leaves what it has to say in a file of {@code state.dir}; the connector, which has
 * the one connection to the store, reports it together with its own.
 */
package io.tailrace.connect.filetail.status;
