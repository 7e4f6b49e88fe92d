/** When to try again, and how much at once. */
package io.tailrace.connect.elasticsearch.retry;
