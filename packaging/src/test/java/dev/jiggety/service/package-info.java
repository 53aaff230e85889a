/** The units of the packages, looked at by systemd itself. */
@NullMarked
package dev.jiggety.service;

import org.jspecify.annotations.NullMarked;
