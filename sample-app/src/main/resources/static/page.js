const $ = (id) => document.getElementById(id);
const form = $("ask");
const text = $("text");

let asking = null;

// ---- routes ----

function selectedRoute() {
	return document.querySelector(".route:has(input:checked)");
}

function badge(provider) {
	const badge = document.createElement("span");
	badge.className = "badge";
	badge.setAttribute("aria-hidden", "true");
	badge.textContent = provider.slice(0, 2);
	return badge;
}

function element(name, content, className) {
	const made = document.createElement(name);
	made.textContent = content;
	if (className) {
		made.className = className;
	}
	return made;
}

function lineOf(target) {
	const item = document.createElement("li");
	const [provider] = target.split("/");
	item.dataset.target = target;
	item.dataset.provider = provider;
	item.append(badge(provider), element("span", provider, "provider-name"),
		element("strong", target.slice(provider.length + 1)), element("small", ""));
	return item;
}

function showLine(route) {
	const targets = [...route.querySelectorAll(".route-targets span")].map((span) => span.dataset.target);
	const rules = [...route.querySelectorAll(".route-rules span")].map((span) => span.textContent);
	const items = targets.map(lineOf);
	for (const rule of rules) {
		const item = document.createElement("li");
		item.className = "is-rule";
		item.append(element("strong", rule));
		items.push(item);
	}
	$("line").replaceChildren(...items);
	$("terms").textContent = [...route.querySelectorAll(".route-terms span")].map((span) => span.textContent).join(" · ");
	$("line-title").textContent = rules.length ? "What picks the route" : "Who is asked, in this order";
	$("send-route").textContent = route.dataset.route;
	markOutages();
}

function lineItem(target) {
	return [...$("line").children].find((item) => item.dataset.target === target);
}

function mark(target, state, words) {
	const item = lineItem(target);
	if (item) {
		item.className = state;
		item.querySelector("small").textContent = words;
	}
}

/** Shows in the line which targets are left out now, unless the line tells of a call. */
function markOutages() {
	for (const row of document.querySelectorAll("[data-state-of]")) {
		const item = lineItem(row.dataset.stateOf);
		if (item && (item.className === "" || item.className === "is-out")) {
			const usable = row.dataset.state === "usable";
			mark(row.dataset.stateOf, usable ? "" : "is-out", usable ? "" : row.dataset.state);
		}
	}
}

for (const route of document.querySelectorAll(".route")) {
	route.addEventListener("change", () => showLine(route));
}

function choose(name) {
	const route = document.querySelector(`.route[data-route="${name}"]`);
	route.querySelector("input").checked = true;
	showLine(route);
}

for (const sample of document.querySelectorAll(".sample")) {
	sample.addEventListener("click", () => {
		$("prompt").value = sample.dataset.prompt;
		$("picture").checked = sample.dataset.picture === "true";
		choose(sample.dataset.route);
	});
}

// ---- asking ----

const seconds = (millis) => millis < 1000 ? `${millis} ms` : `${(millis / 1000).toFixed(1)} s`;

/** Three digits will do for the eye; the record has them all. */
const money = (cost) => cost.startsWith("$") ? "$" + Number(Number(cost.slice(1)).toPrecision(3)).toFixed(8).replace(/0+$/, "").replace(/\.$/, "") : cost;

/** Calls back for each event of a stream of server-sent events. */
async function readEvents(response, onEvent) {
	const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
	let buffer = "";
	for (;;) {
		const { value, done } = await reader.read();
		if (done) {
			return;
		}
		buffer += value;
		let end;
		while ((end = buffer.indexOf("\n\n")) >= 0) {
			const lines = buffer.slice(0, end).split("\n");
			buffer = buffer.slice(end + 2);
			const field = (name) => lines.filter((line) => line.startsWith(name + ":"))
				.map((line) => line.slice(name.length + 1)).join("\n");
			if (field("data")) {
				onEvent(field("event"), JSON.parse(field("data")));
			}
		}
	}
}

const events = {
	text: (data) => {
		text.append(data.text);
	},
	asking: (attempt) => {
		showUsedRoute(attempt.route);
		mark(attempt.target, "is-asked", attempt.number > 1 ? `asked, attempt ${attempt.number}` : "asked");
		$("status").textContent = `Attempt ${attempt.number}: ${attempt.target} is asked`;
	},
	attempt: (attempt) => markAttempt(attempt),
	done: (call) => {
		showCall(call);
		$("status").textContent = `Answered by ${call.answeredBy} after ${seconds(call.latency)}`;
	},
	failed: (failure) => showFailure(failure),
};

/** The line of an automatic route shows the targets of the route that was picked. */
function showUsedRoute(name) {
	const selected = selectedRoute();
	const used = document.querySelector(`.route[data-route="${name}"]`);
	if (used && used !== selected && $("line").dataset.route !== name) {
		showLine(used);
		$("line-title").textContent = `Route ${selected.dataset.route} picked ${name}`;
		$("send-route").textContent = selected.dataset.route;
	}
	$("line").dataset.route = name;
}

function markAttempt(attempt) {
	mark(attempt.target, attempt.answered ? "is-answered" : "is-failed",
		`${attempt.outcome} ${attempt.answered ? "in " : ""}${seconds(attempt.latency)}`);
}

/** Shows one button in place of another, which passes the focus on if it has it. */
function showButton(shown, hidden) {
	const focused = document.activeElement === $(hidden);
	$(shown).hidden = false;
	$(hidden).hidden = true;
	if (focused) {
		$(shown).focus();
	}
}

async function ask() {
	if (asking || !form.reportValidity()) {
		return;
	}
	asking = new AbortController();
	const route = selectedRoute();
	showLine(route);
	$("line").dataset.route = route.dataset.route;
	text.replaceChildren();
	text.className = "text is-streaming";
	text.setAttribute("aria-busy", "true");
	$("failure").hidden = true;
	$("record").hidden = true;
	$("steps").hidden = true;
	$("answer").hidden = false;
	showButton("stop", "send");
	$("status").textContent = `Route ${route.dataset.route} is asked`;
	let ended = false;
	try {
		const response = await fetch("/ask", {
			method: "POST",
			headers: { "Content-Type": "application/json", "Accept": "text/event-stream" },
			body: JSON.stringify({
				route: route.dataset.route,
				prompt: $("prompt").value,
				enterprise: $("enterprise").checked,
				fresh: !$("remembered").checked,
				picture: $("picture").checked,
			}),
			signal: asking.signal,
		});
		if (!response.ok) {
			throw new Error(`The application answered with status ${response.status}.`);
		}
		await readEvents(response, (name, data) => {
			ended ||= name === "done" || name === "failed";
			events[name](data);
		});
		if (!ended) {
			throw new Error("The connection to the application broke.");
		}
	}
	catch (error) {
		if (asking.signal.aborted) {
			text.classList.add("is-partial");
			$("status").textContent = "Stopped. The provider's request is cancelled with it.";
		}
		else {
			showFailure({ kind: "error", title: "The page got no answer", message: error.message, choices: [] });
		}
	}
	finally {
		asking = null;
		text.classList.remove("is-streaming");
		text.classList.add("is-over");
		text.removeAttribute("aria-busy");
		showButton("send", "stop");
		refreshBoard();
	}
}

form.addEventListener("submit", (event) => {
	event.preventDefault();
	ask();
});

$("prompt").addEventListener("keydown", (event) => {
	if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
		event.preventDefault();
		ask();
	}
});

$("stop").addEventListener("click", () => asking?.abort());

// ---- what is left behind ----

function fact(title, value, note, wide) {
	const box = document.createElement("div");
	const content = element("dd", value);
	if (note) {
		content.append(element("small", note));
	}
	if (wide) {
		box.className = "wide";
	}
	box.append(element("dt", title), content);
	return box;
}

function cell(row, content, className) {
	const made = document.createElement("td");
	made.className = className ?? "";
	made.append(...[content].flat());
	row.append(made);
	return made;
}

function attemptRow(number, target, outcome, time, cost) {
	const row = document.createElement("tr");
	const head = element("th", number, "numbers");
	head.scope = "row";
	row.append(head);
	cell(row, target, "target");
	cell(row, outcome);
	cell(row, time, "numbers");
	cell(row, cost, "numbers");
	return row;
}

function ofAttempt(attempt, longest) {
	const state = attempt.answered ? "is-answered" : "is-failed";
	const outcome = [element("span", attempt.outcome + (attempt.status ? ` ${attempt.status}` : ""), `outcome ${state}`)];
	if (attempt.message) {
		const details = document.createElement("details");
		details.append(element("summary", "what was said"), attempt.message);
		outcome.push(details);
	}
	const bar = element("span", "", `bar ${state}`);
	const filled = document.createElement("i");
	filled.style.width = `${Math.max(3, 100 * attempt.latency / longest)}%`;
	bar.append(filled);
	return attemptRow(attempt.number, attempt.target, outcome, [seconds(attempt.latency), bar], money(attempt.cost));
}

function ofSkipped(skipped) {
	const until = skipped.until ? `until ${new Date(skipped.until).toLocaleTimeString()}` : "";
	return attemptRow("–", skipped.target, element("span", `skipped: ${skipped.reason}`, "outcome is-skipped"), until, "");
}

function showCall(call) {
	const first = call.timeToFirstToken;
	const picked = call.route !== call.requestedRoute;
	$("facts").replaceChildren(
		fact("Answered by", call.answeredBy ?? "nobody", call.responseModel && !call.answeredBy?.endsWith(call.responseModel)
			? `which calls itself ${call.responseModel}` : "", true),
		fact("Route", picked ? `${call.requestedRoute} → ${call.route}` : call.route, call.rule ?? ""),
		fact("First token", first == null ? "–" : seconds(first)),
		fact("Whole call", seconds(call.latency)),
		fact("Tokens", call.inputTokens == null ? "unknown" : `${call.inputTokens} + ${call.outputTokens}`,
			call.inputTokens == null ? "" : "in + out"),
		fact("Cost", money(call.cost)),
		fact("Response cache", call.cache));
	const longest = Math.max(1, ...call.attempts.map((attempt) => attempt.latency));
	const rows = [...call.skipped.map(ofSkipped), ...call.attempts.map((attempt) => ofAttempt(attempt, longest))];
	if (!rows.length) {
		rows.push(attemptRow("–", "none: the answer was remembered", "", "", ""));
	}
	$("attempts").replaceChildren(...rows);
	$("call-id").textContent = call.id;
	$("call-end").textContent = call.finishReason ?? call.outcome;
	$("record").hidden = false;
	showUsedRoute(call.route);
	call.skipped.forEach((skipped) => mark(skipped.target, "is-out", `skipped: ${skipped.reason}`));
	call.attempts.forEach(markAttempt);
	if (!call.attempts.length && call.answeredBy) {
		mark(call.answeredBy, "is-answered", `remembered (${call.cache})`);
	}
}

function choice(label, onClick) {
	const button = element("button", label);
	button.type = "button";
	button.addEventListener("click", onClick);
	return button;
}

function showFailure(failure) {
	$("failure-title").textContent = failure.title;
	$("failure-exception").textContent = failure.exception ?? "";
	$("failure-message").textContent = failure.message;
	$("failure-details").open = failure.message.length < 200;
	const choices = failure.kind === "decision"
		? [choice("Try again", ask), ...failure.choices.map((route) => choice(`Ask ${route}`, () => {
			choose(route);
			ask();
		}))]
		: [];
	$("choices").replaceChildren(...choices);
	$("failure").hidden = false;
	$("status").textContent = "";
	text.classList.toggle("is-partial", text.textContent !== "");
	if (failure.call) {
		showCall(failure.call);
	}
}

// ---- providers and targets ----

let countdowns = 0;

/** Puts the server's view of providers and targets into the page, and keeps the focus. */
function showBoard(html) {
	const focused = document.activeElement?.id;
	$("board").innerHTML = html;
	if (focused && document.activeElement?.id !== focused) {
		$(focused)?.focus();
	}
	markOutages();
	startCountdowns();
}

function startCountdowns() {
	clearInterval(countdowns);
	countdowns = setInterval(countDown, 500);
	countDown();
}

function countDown() {
	const waiting = document.querySelectorAll("[data-until]");
	if (!waiting.length) {
		clearInterval(countdowns);
	}
	for (const row of waiting) {
		const left = new Date(row.dataset.until) - Date.now();
		row.querySelector(".countdown").textContent = left > 0 ? `${Math.ceil(left / 1000)} s` : "";
		if (left <= 0) {
			clearInterval(countdowns);
			refreshBoard();
			return;
		}
	}
}

async function refreshBoard() {
	const response = await fetch("/board");
	if (response.ok) {
		showBoard(await response.text());
	}
}

$("board").addEventListener("click", async (event) => {
	const url = event.target.closest("[data-post]")?.dataset.post;
	if (!url) {
		return;
	}
	const response = await fetch(url, { method: "POST" });
	if (response.ok) {
		showBoard(await response.text());
		if (url === "/reset") {
			showLine(selectedRoute());
		}
	}
});

// ---- examples ----

for (const example of document.querySelectorAll(".example")) {
	example.addEventListener("submit", async (event) => {
		event.preventDefault();
		const output = example.querySelector("output");
		const button = example.querySelector("button");
		button.disabled = true;
		output.hidden = false;
		output.textContent = "…";
		try {
			const response = await fetch(example.dataset.url, {
				method: "POST",
				headers: { "Content-Type": "text/plain" },
				body: example.querySelector("textarea").value,
			});
			const answer = await response.text();
			output.classList.toggle("is-failed", !response.ok);
			output.textContent = answer.startsWith("{") ? JSON.stringify(JSON.parse(answer), null, 2) : answer;
		}
		finally {
			button.disabled = false;
			refreshBoard();
		}
	});
}

showLine(selectedRoute());
startCountdowns();
