document.title = ("A letter";
