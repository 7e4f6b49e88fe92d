/** One service and its log files, for many hosts in one request. */
package io.tailrace.console.bulk;
