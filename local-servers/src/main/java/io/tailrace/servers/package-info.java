/**
 * Real servers as child processes, for tests and the quickstart: started, stopped, killed, paused and restarted on the
 * same port and data, and gone when the JVM that started them is gone, however it went.
 */
package io.tailrace.servers;
