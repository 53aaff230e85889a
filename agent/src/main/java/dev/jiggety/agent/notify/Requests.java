package dev.jiggety.agent.notify;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Notice.Reason;
import dev.jiggety.model.Notice.State;
import dev.jiggety.model.NoticeRequest;
import dev.jiggety.model.rules.notice.NoticeIds;
import dev.jiggety.repository.NoticeRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Does what people ask for, once each; what is old is not wanted any more. */
final class Requests {
  private static final Duration WANTED = Duration.ofMinutes(10);

  private final NoticeRepository notices;
  private final Term term;
  private final Set<String> served = new HashSet<>();

  Requests(NoticeRepository notices, Term term) {
    this.notices = notices;
    this.term = term;
  }

  /**
   * Serves those that are new.
   *
   * @param known the notices that are known, by id
   * @return what was made or changed for them
   * @throws dev.jiggety.repository.HubException when the hub cannot be asked; to be asked again
   */
  List<Stored<Notice>> serve(
      List<NoticeRequest> requests, Function<String, Optional<Stored<Notice>>> known) {
    List<Stored<Notice>> made = new ArrayList<>();
    Instant now = term.now();
    for (NoticeRequest request : requests) {
      if (served.contains(request.id())
          || request.at().isBefore(now.minus(WANTED))
          || term.isOver()) {
        continue;
      }
      switch (request.act()) {
        case TEST -> {
          Notice test = test(request, now);
          if (known.apply(test.id()).isEmpty()) {
            made.addAll(notices.create(List.of(test)));
          }
        }
        case RETRY ->
            known
                .apply(request.subject())
                .or(() -> notices.find(request.subject()))
                .filter(stored -> stored.value().state() == State.FAILED)
                .flatMap(stored -> notices.store(again(stored.value(), request, now), stored))
                .ifPresent(made::add);
      }
      served.add(request.id());
    }
    return made;
  }

  private Notice test(NoticeRequest request, Instant now) {
    return new Notice(
        NoticeIds.test(request.at(), request.subject(), request.id()),
        "",
        request.subject(),
        Reason.TEST,
        request.at(),
        List.of(),
        State.QUEUED,
        "",
        "asked for by " + request.by(),
        0,
        now,
        now,
        null,
        term.epoch());
  }

  private Notice again(Notice notice, NoticeRequest request, Instant now) {
    return new Notice(
        notice.id(),
        notice.policy(),
        notice.channel(),
        notice.reason(),
        notice.due(),
        notice.items(),
        State.QUEUED,
        notice.text(),
        "tried again for " + request.by(),
        0,
        now,
        now,
        null,
        term.epoch());
  }
}
