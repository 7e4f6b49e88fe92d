/** What a process does and costs, seen from outside. */
package io.tailrace.benchmarks.measure;
