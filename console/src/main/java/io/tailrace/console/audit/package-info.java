/** Who did what, for those who have to know afterwards. */
package io.tailrace.console.audit;
