/**
 * A Kafka Connect sink for Elasticsearch and OpenSearch. Data goes one way through the packages: record →
 * {@code document}, {@code target}, {@code id} → {@code bulk} → {@code http} → {@code outcome} → {@code offsets};
 * {@code writer} is the shell that moves it along, {@code retry} says when to try again.
 */
package io.tailrace.connect.elasticsearch;
