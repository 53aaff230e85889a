package dev.jiggety.agent.notify;

import dev.jiggety.base.Backoff;
import dev.jiggety.document.Stored;
import dev.jiggety.model.Channel;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Notice;
import dev.jiggety.model.NoticeRequest;
import dev.jiggety.model.rules.notice.NoticePlan;
import dev.jiggety.model.rules.notice.NoticeRules;
import dev.jiggety.model.rules.notice.Situation;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Follows incidents and configuration, makes the notices that are due, and hands them to the lanes
 * of their channels. All that it knows is on the hub: another manager goes on where this one ended.
 * One thread; the loop ends with the term, or by {@link #close}.
 */
final class Desk implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Desk.class.getName());
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15));

  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);
  private static final Duration FORGET = Duration.ofHours(1);
  private static final String HUB = "hub";
  private static final String GIVEN_UP = "given up";

  private final Sources sources;
  private final Term term;
  private final Clerk clerk;
  private final Requests requests;
  private final Wording wording;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Board board;
  private final ReentrantLock lock; // the board's
  private final Picture picture; // with the lock
  private final Set<String> inHand = new HashSet<>(); // with the lock
  private final Map<String, ChannelState> channels = new HashMap<>(); // with the lock
  private final List<Subscription> feeds = new ArrayList<>();
  private final Thread thread;
  private Instant soonest = Instant.MAX; // with the lock; to plan again at the latest
  private Instant planAgain = Instant.EPOCH; // of the loop
  private Instant forgetAt = Instant.EPOCH; // of the loop
  private int failures; // of the loop

  private static final class ChannelState {
    final Lane lane;
    Instant notBefore = Instant.EPOCH;
    int failures;

    ChannelState(Lane lane) {
      this.lane = lane;
    }
  }

  Desk(Sources sources, Term term, Post post, NotifySettings settings) {
    this.sources = sources;
    this.term = term;
    this.board = new Board(term);
    this.lock = board.lock();
    this.picture = board.picture();
    this.clerk = new Clerk(sources.notices(), term, post, settings);
    this.wording = new Wording(board, sources, term);
    this.requests = new Requests(sources.notices(), term);
    this.thread = Thread.ofVirtual().name("notify").unstarted(this::run);
  }

  /**
   * Begins.
   *
   * @throws HubException when the hub cannot be asked now
   */
  Desk start() {
    Instant since = term.now().minus(Picture.REMEMBERED);
    Instant first = since;
    for (Stored<Incident> stored : sources.incidents().between(since, term.now())) {
      Instant detected = stored.value().detected();
      first = detected.isBefore(first) ? detected : first;
    }
    feeds.add(sources.configuration().follow(board.ofConfiguration()));
    feeds.add(sources.incidents().follow(since, board.ofIncidents()));
    // One piece of time back: the time in an id is the beginning of its piece.
    feeds.add(sources.notices().follow(first.minus(Duration.ofDays(1)), board.ofNotices()));
    thread.start();
    return this;
  }

  private void run() {
    while (true) {
      Duration pause;
      try {
        if (!board.await() || term.isOver()) {
          return;
        }
        pause = round();
        failures = 0;
        term.fine(HUB);
      } catch (InterruptedException e) {
        return;
      } catch (HubException e) {
        pause = RETRY.delay(failures++, random);
        term.trouble(HUB, "notices cannot be kept: " + e.getMessage());
      } catch (RuntimeException | Error e) {
        pause = RETRY.delay(failures++, random);
        LOG.log(System.Logger.Level.ERROR, "deciding who is told stumbled", e);
        term.trouble(HUB, "deciding who is told failed: " + e);
      }
      try {
        board.sleep(pause, LONGEST_SLEEP);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** One look at everything; gives how long nothing happens by itself. */
  private Duration round() {
    Instant now = term.now();
    List<NoticeRequest> asked;
    boolean plans;
    lock.lock();
    try {
      plans = board.take() || !planAgain.isAfter(now) || !soonest.isAfter(now);
      soonest = plans ? Instant.MAX : soonest;
      asked = picture.requests();
      if (!forgetAt.isAfter(now)) {
        picture.forget(now);
        forgetAt = now.plus(FORGET);
      }
    } finally {
      lock.unlock();
    }
    for (Stored<Notice> notice : requests.serve(asked, this::known)) {
      learn(notice);
      tryAtOnce(notice.value().channel());
    }
    if (plans) {
      try {
        plan(now);
      } catch (RuntimeException e) {
        board.changed(true); // nothing of it is forgotten
        throw e;
      }
    }
    Instant next = dispatch(now);
    say(now);
    Instant wake = next.isBefore(planAgain) ? next : planAgain;
    return Duration.between(now, wake).isNegative() ? Duration.ZERO : Duration.between(now, wake);
  }

  private void plan(Instant now) {
    Situation situation;
    lock.lock();
    try {
      situation = picture.situation(now, term.epoch());
    } finally {
      lock.unlock();
    }
    NoticePlan plan = NoticeRules.plan(situation);
    if (!plan.due().isEmpty() && !term.isOver()) {
      List<Stored<Notice>> created = sources.notices().create(plan.due());
      created.forEach(this::learn);
      Set<String> ours = new HashSet<>();
      created.forEach(notice -> ours.add(notice.value().id()));
      for (Notice notice : plan.due()) {
        if (!ours.contains(notice.id())) {
          sources.notices().find(notice.id()).ifPresent(this::learn);
        }
      }
      board.changed(true); // what was made can have something else follow
    }
    planAgain = plan.lookAgain().orElse(now.plus(LONGEST_SLEEP));
  }

  private void learn(Stored<Notice> notice) {
    lock.lock();
    try {
      picture.put(notice);
    } finally {
      lock.unlock();
    }
  }

  /** Who asks for a message by hand has mended something, and waits for the answer. */
  private void tryAtOnce(String id) {
    lock.lock();
    try {
      ChannelState channel = channels.get(id);
      if (channel != null) {
        channel.notBefore = Instant.EPOCH;
      }
    } finally {
      lock.unlock();
    }
  }

  private Optional<Stored<Notice>> known(String id) {
    lock.lock();
    try {
      return picture.notice(id);
    } finally {
      lock.unlock();
    }
  }

  /** Hands on what can be sent now; gives when the next can. */
  private Instant dispatch(Instant now) {
    Instant next = now.plus(LONGEST_SLEEP);
    lock.lock();
    try {
      next = soonest.isBefore(next) ? soonest : next;
      Set<String> full = new HashSet<>();
      for (Stored<Notice> stored : picture.unfinished()) {
        Notice notice = stored.value();
        if (inHand.contains(notice.id()) || full.contains(notice.channel())) {
          continue;
        }
        if (board.isClosed()) {
          return next;
        }
        ChannelState channel = channels.computeIfAbsent(notice.channel(), this::open);
        Instant at = notice.next() == null ? now : notice.next();
        at = channel.notBefore.isAfter(at) ? channel.notBefore : at;
        if (at.isAfter(now)) {
          next = at.isBefore(next) ? at : next;
        } else if (channel.lane.offer(stored)) {
          inHand.add(notice.id());
        } else {
          full.add(notice.channel()); // it asks again when it has handled some
        }
      }
    } finally {
      lock.unlock();
    }
    return next;
  }

  private ChannelState open(String channel) {
    return new ChannelState(
        new Lane(channel, (notice, writing) -> handle(channel, notice, writing)));
  }

  /** On the thread of the channel's lane. */
  private void handle(String id, Stored<Notice> stored, Lock writing) throws InterruptedException {
    Clerk.@Nullable Done done = null;
    boolean isStumbling = false;
    try {
      int before;
      Optional<Channel> channel;
      lock.lock();
      try {
        ChannelState state = channels.get(id);
        if (board.isClosed() || state == null || state.notBefore.isAfter(term.now())) {
          return;
        }
        before = state.failures;
        channel = picture.channel(id);
      } finally {
        lock.unlock();
      }
      isStumbling = true;
      done = clerk.handle(stored, channel, before, wording, writing);
      isStumbling = false;
    } finally {
      handled(id, stored, done, isStumbling);
    }
  }

  private void handled(
      String id, Stored<Notice> stored, Clerk.@Nullable Done done, boolean isStumbling) {
    lock.lock();
    try {
      inHand.remove(stored.value().id());
      ChannelState state = channels.get(id);
      if (isStumbling && state != null) {
        state.notBefore = term.now().plus(RETRY.delay(state.failures++, random));
      }
      if (done != null && state != null) {
        picture.put(done.standing());
        state.failures = done.trouble().isEmpty() ? 0 : state.failures + 1;
        state.notBefore = done.pause().isZero() ? Instant.EPOCH : term.now().plus(done.pause());
        if (done.standing().value().isFinal()) {
          planAgainSoon();
        }
      }
      board.changed(false);
    } finally {
      lock.unlock();
    }
    if (done != null && done.trouble().isEmpty()) {
      term.fine("channel " + id);
    } else if (done != null) {
      term.trouble("channel " + id, "the channel " + id + " does not work: " + done.trouble());
    } else if (isStumbling) {
      term.trouble("channel " + id, "handling what goes to the channel " + id + " failed");
    }
  }

  /** Reminders count from what was sent; a second later is soon enough. */
  private void planAgainSoon() {
    Instant soon = term.now().plusSeconds(1);
    soonest = soonest.isAfter(soon) ? soon : soonest;
  }

  private void say(Instant now) {
    int waiting;
    long failed;
    boolean isSilent;
    lock.lock();
    try {
      waiting = picture.unfinished().size();
      failed = picture.failedSince(now.minus(Duration.ofDays(1)));
      isSilent = !picture.hasPolicies();
    } finally {
      lock.unlock();
    }
    term.says(
        isSilent
            ? "nobody is told of anything: there is no policy"
            : waiting == 0 ? "nothing waits" : waiting + " notices wait");
    if (failed == 0) {
      term.fine(GIVEN_UP);
    } else {
      term.trouble(
          GIVEN_UP,
          failed + " notices of the last day were given up; see: jiggety notify list --failed");
    }
  }

  @Override
  public void close() {
    List<Lane> lanes = new ArrayList<>();
    lock.lock();
    try {
      board.close();
      channels.values().forEach(channel -> lanes.add(channel.lane));
    } finally {
      lock.unlock();
    }
    lanes.forEach(Lane::close);
    feeds.forEach(Subscription::close);
  }
}
