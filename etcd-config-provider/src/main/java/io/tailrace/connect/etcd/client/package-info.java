/** Talking to etcd: making the client, reading keys, telling failures apart. */
package io.tailrace.connect.etcd.client;
