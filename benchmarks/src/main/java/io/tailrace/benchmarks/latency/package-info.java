/** How long a line takes from its writing on, at a steady rate. */
package io.tailrace.benchmarks.latency;
