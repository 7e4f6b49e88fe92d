/** The console: one process through which people and programs change what is collected, and look at what has arrived. */
package io.tailrace.console;
