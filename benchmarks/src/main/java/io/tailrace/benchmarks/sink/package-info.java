/** How fast documents get from Kafka into a search server, and how fast they could. */
package io.tailrace.benchmarks.sink;
