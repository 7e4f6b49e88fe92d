/** What whole-system tests are written with: shared servers, a place for each test, writers and readers that count lines. */
package io.tailrace.it.support;
