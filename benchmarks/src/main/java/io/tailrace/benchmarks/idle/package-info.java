/** A task alone, beside thousands of files that nobody writes to. */
package io.tailrace.benchmarks.idle;
