package dev.jiggety.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeasuringThreadsTest {
  @Test
  void aRunBeginsAlsoWhereThereIsNoThreadForItAndTellsSoItself() throws Exception {
    MeasuringThreads threads = new MeasuringThreads();
    threads.close(); // as little is to be had as where the system gives no more
    CompletableFuture<String> told = new CompletableFuture<>();
    threads.begin(() -> {
      try {
        told.complete(threads.call(() -> "measured"));
      } catch (InterruptedException | RuntimeException e) {
        told.completeExceptionally(e);
      }
    });
    assertThatThrownBy(() -> told.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aRunThatBrokeGivesItsThreadBack() throws Exception {
    try (MeasuringThreads threads = new MeasuringThreads()) {
      assertThat(threads.call(() -> Thread.currentThread().getName())).startsWith("measure-");
      CompletableFuture<String> first = new CompletableFuture<>();
      threads.begin(() -> first.complete(Thread.currentThread().getName()));
      assertThat(first.get(20, TimeUnit.SECONDS)).startsWith("measure-");
    }
  }
}
