/** HTTP: requests in, JSON and problem documents out; no meaning is read into them here. */
package io.tailrace.console.http;
