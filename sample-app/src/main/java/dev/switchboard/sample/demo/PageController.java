package dev.switchboard.sample.demo;

import dev.switchboard.sample.simulated.Behaviour;
import dev.switchboard.sample.simulated.SamplePrompt;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * The page, and the part of it that shows how providers and targets stand.
 */
@Controller
class PageController {

	private static final String BOARD = "board :: board";

	private final Board board;

	PageController(Board board) {
		this.board = board;
	}

	@GetMapping("/")
	String page(Model model) {
		model.addAttribute("routes", this.board.routes());
		model.addAttribute("samples", SamplePrompt.all());
		return show("index", model);
	}

	@GetMapping("/board")
	String board(Model model) {
		return show(BOARD, model);
	}

	@PostMapping("/providers/{name}")
	String behave(@PathVariable String name, @RequestParam Behaviour behaviour, Model model) {
		if (!this.board.behave(name, behaviour)) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No such simulated provider");
		}
		return show(BOARD, model);
	}

	@PostMapping("/reset")
	String reset(Model model) {
		this.board.reset();
		return show(BOARD, model);
	}

	private String show(String view, Model model) {
		model.addAttribute("simulated", this.board.isSimulated());
		model.addAttribute("providers", this.board.providers());
		model.addAttribute("behaviours", Behaviour.values());
		model.addAttribute("targets", this.board.targets());
		return view;
	}

}
