/** Hosts: what their agents report, whether that is what etcd says, and those that report no more. */
package io.tailrace.console.hosts;
