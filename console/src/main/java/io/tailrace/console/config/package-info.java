/** The console's settings, declared once. */
package io.tailrace.console.config;
