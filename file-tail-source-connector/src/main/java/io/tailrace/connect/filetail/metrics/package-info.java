/** A task's progress as metrics of the worker (KIP-877). */
package io.tailrace.connect.filetail.metrics;
