/** The sink from end to end: real Kafka, real workers with the shipped zip, real servers, and faults between them. */
package io.tailrace.it.sink;
