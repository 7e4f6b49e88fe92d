/** Who asks, and what they may do. */
package io.tailrace.console.auth;
