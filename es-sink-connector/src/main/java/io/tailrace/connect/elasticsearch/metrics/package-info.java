/** What a task has done, counted and shown among the worker's metrics. */
package io.tailrace.connect.elasticsearch.metrics;
