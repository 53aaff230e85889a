/**
 * Who is told of an incident, when, and why not: pure functions of incidents, policies, what was
 * told before and the time. What is wrong with policies and channels stands here as well.
 */
@NullMarked
package dev.jiggety.model.rules.notice;

import org.jspecify.annotations.NullMarked;
