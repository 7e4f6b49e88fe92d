/** Measures how fast Tailrace is, beside others that do the same work. */
package io.tailrace.benchmarks;
