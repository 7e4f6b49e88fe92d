/** A Kafka {@code ConfigProvider} over etcd. */
package io.tailrace.connect.etcd;
