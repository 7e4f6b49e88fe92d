/** What became of each key's list, who did it, and why. */
package io.tailrace.console.history;
