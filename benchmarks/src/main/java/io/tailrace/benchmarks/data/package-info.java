/** What is read and written in measurements: made from a seed, so that it is the same everywhere. */
package io.tailrace.benchmarks.data;
