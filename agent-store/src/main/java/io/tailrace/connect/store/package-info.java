/** What an agent asks of the store that its configuration is in, beyond Kafka's own interface for that. */
package io.tailrace.connect.store;
