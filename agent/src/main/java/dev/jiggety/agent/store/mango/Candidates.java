package dev.jiggety.agent.store.mango;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Rows of an index that may belong to the answer, with their documents. For one thread. */
interface Candidates extends AutoCloseable {

  /**
   * One row.
   *
   * @param document null where it is gone or cannot be an answer
   */
  record Row(String id, JsonElement key, @Nullable JsonObject document) {}

  boolean hasNext();

  Row next();

  /** Rows taken so far. */
  long keysRead();

  /** Documents looked into so far. */
  long documentsRead();

  @Override
  void close();

  /** No rows. */
  static Candidates none() {
    return new Candidates() {
      @Override
      public boolean hasNext() {
        return false;
      }

      @Override
      public Row next() {
        throw new NoSuchElementException();
      }

      @Override
      public long keysRead() {
        return 0;
      }

      @Override
      public long documentsRead() {
        return 0;
      }

      @Override
      public void close() {}
    };
  }
}
