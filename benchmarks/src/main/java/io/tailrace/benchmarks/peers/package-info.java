/** Those that are measured: ours, what a worker can do at most, and other programs for the same work. */
package io.tailrace.benchmarks.peers;
