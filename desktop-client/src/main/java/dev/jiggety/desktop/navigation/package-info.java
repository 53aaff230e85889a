/**
 * How one activity asks for another, tells a person something or asks back, without knowing who
 * does it: the activities know these ports, the shell implements them.
 */
@NullMarked
package dev.jiggety.desktop.navigation;

import org.jspecify.annotations.NullMarked;
