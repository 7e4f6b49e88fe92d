/** The shell around the pure stages: one thread that sends, waits, and sends again. */
package io.tailrace.connect.elasticsearch.writer;
