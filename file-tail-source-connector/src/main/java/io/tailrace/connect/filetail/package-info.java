/** The Kafka Connect source that tails log files: its configuration, the connector and the task. */
package io.tailrace.connect.filetail;
