/** Local files that outlive a restart: what cannot be in Kafka. */
package io.tailrace.connect.filetail.state;
