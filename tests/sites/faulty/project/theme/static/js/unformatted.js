document.title='A letter'
