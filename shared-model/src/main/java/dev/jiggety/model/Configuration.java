package dev.jiggety.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is in force: the content of each document of the configuration by its id ({@code
 * test:shop}).
 */
public record Configuration(SortedMap<String, Content> documents) {
  /** Nothing at all: how an installation begins. */
  public static final Configuration EMPTY = new Configuration(new TreeMap<>());

  public Configuration {
    SortedMap<String, Content> sorted = new TreeMap<>(); // in the order of ids, whatever came in
    sorted.putAll(documents);
    documents = Collections.unmodifiableSortedMap(sorted);
  }
}
