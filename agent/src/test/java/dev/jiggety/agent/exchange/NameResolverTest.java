package dev.jiggety.agent.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NameResolverTest {

  @Test
  void questionsNobodyWaitsForAreNotAskedWhenTheNameServiceIsBack() throws Exception {
    CountDownLatch back = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    CyclicBarrier allBusy = new CyclicBarrier(65);
    NameResolver resolver =
        new NameResolver(
            host -> {
              asked.incrementAndGet();
              hang(host, allBusy, back);
              return List.of(InetAddress.getLoopbackAddress());
            },
            System::nanoTime);
    List<Thread> first =
        java.util.stream.IntStream.range(0, 64)
            .mapToObj(i -> Thread.ofVirtual().start(() -> quietly(resolver)))
            .toList();
    allBusy.await(30, TimeUnit.SECONDS);
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> resolve(resolver, "late.example", 5))
          .isInstanceOf(InterruptedIOException.class);
    }
    back.countDown();
    assertThat(resolve(resolver, "after.example", 30_000)).hasSize(1);
    for (Thread thread : first) {
      thread.join();
    }
    assertThat(asked).as("the 64 that hung, and the one afterwards").hasValue(65);
  }

  private static void hang(String host, CyclicBarrier allBusy, CountDownLatch back) {
    if (host.equals("first.example")) {
      try {
        allBusy.await(30, TimeUnit.SECONDS);
        back.await();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void quietly(NameResolver resolver) {
    try {
      resolve(resolver, "first.example", 60_000);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<InetAddress> resolve(NameResolver resolver, String host, long millis)
      throws IOException {
    long now = System.nanoTime();
    return resolver.resolve(
        host, Deadline.after(now, java.time.Duration.ofMillis(millis)), new PhaseClock(now));
  }
}
