/** The provider's settings, declared once. */
package io.tailrace.connect.etcd.config;
