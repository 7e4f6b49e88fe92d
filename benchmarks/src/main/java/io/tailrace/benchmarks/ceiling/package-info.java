/** A Connect source that makes its records up: what a worker can do at most. Travels as a plugin of its own. */
package io.tailrace.benchmarks.ceiling;
